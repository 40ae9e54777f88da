"""One kernel for the whole course, whatever a page asks for.

jupyter_server starts a kernel for every page that asks without an id, and two at one id when two requests come within
the second a start takes. Either way a process would live on that «Avslutt og tøm» does not know, with whatever was
entered in it. Here every start gives the course's kernel, starts wait for each other, and none is given up half-way.
"""

import asyncio
import uuid
from weakref import WeakSet

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class CoursePage(ZMQChannelsWebsocketConnection):
    """A browser page's connection to the kernel it was opened for."""

    def connect(self) -> asyncio.Future | None:
        """Connect, and be counted."""
        self.multi_kernel_manager.pages.add(self)
        return super().connect()

    def disconnect(self) -> None:
        """Leave, which may happen twice."""
        self.multi_kernel_manager.pages.discard(self)
        super().disconnect()


class CourseKernels(AsyncMappingKernelManager):
    """Has at most one kernel, at an id chosen when the server starts."""

    def __init__(self, **keywords: object) -> None:
        super().__init__(**keywords)
        self.course_id = str(uuid.uuid4())
        self.pages: WeakSet[CoursePage] = WeakSet()
        self._starting = asyncio.Lock()

    async def start_kernel(self, **keywords: object) -> str:
        """The id of the course's kernel, which is started if it does not run."""
        return await asyncio.shield(self._start_one(keywords | {"kernel_id": self.course_id}))

    async def _start_one(self, keywords: dict) -> str:
        async with self._starting:
            return await super().start_kernel(**keywords)

    def kernel_model(self, kernel_id: str) -> dict:
        """What is told of the kernel. A page that believes it is the only one closes what others left behind.

        jupyter_server counts by the id, which an emptied course keeps: a page of the kernel before, on leaving, takes
        the place of a live one.
        """
        model = super().kernel_model(kernel_id)
        kernel = self.get_kernel(kernel_id)
        return model | {"connections": sum(page.kernel_manager is kernel for page in self.pages)}
