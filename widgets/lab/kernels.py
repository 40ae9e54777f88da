"""A kernel manager that never starts a second kernel at an id that is being started.

jupyter_server looks an id up and then starts a kernel, and a start takes a second. Two requests within that second, the
server's own start and a page's session, would make two processes, of which one is forgotten and lives on with whatever
was entered in it. Here starts wait for each other, and none is given up half-way.
"""

import asyncio

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class CourseKernels(AsyncMappingKernelManager):
    """Kernels that are started one at a time, each to the end."""

    def __init__(self, **keywords: object) -> None:
        super().__init__(**keywords)
        self._starting = asyncio.Lock()

    async def start_kernel(self, **keywords: object) -> str:
        """The id of the kernel: the one that runs at the wanted id, or a new one."""
        return await asyncio.shield(self._start_one(keywords))

    async def _start_one(self, keywords: dict) -> str:
        async with self._starting:
            return await super().start_kernel(**keywords)
