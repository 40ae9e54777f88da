"""One kernel for the whole course, whatever a page asks for.

jupyter_server starts a kernel for every page that asks without an id, and two at one id when two requests come within
the second a start takes. Either way a process would live on that «Avslutt og tøm» does not know, with whatever was
entered in it. Here every start gives the course's kernel, starts wait for each other, and none is given up half-way.
"""

import asyncio
import uuid

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class CourseKernels(AsyncMappingKernelManager):
    """Has at most one kernel, at an id chosen when the server starts."""

    def __init__(self, **keywords: object) -> None:
        super().__init__(**keywords)
        self.course_id = str(uuid.uuid4())
        self._starting = asyncio.Lock()

    async def start_kernel(self, **keywords: object) -> str:
        """The id of the course's kernel, which is started if it does not run."""
        return await asyncio.shield(self._start_one(keywords | {"kernel_id": self.course_id}))

    async def _start_one(self, keywords: dict) -> str:
        async with self._starting:
            return await super().start_kernel(**keywords)
