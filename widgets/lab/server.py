"""The server's side of the course: what the page must know, and one warm kernel for all its notebooks."""

import asyncio
import json
from collections.abc import Mapping
from logging import Logger, LogRecord, getLogger

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.websocket import WebSocketClosedError

from course import content, notebooks, rhythm
from widgets.lab.companion import CompanionHandler
from widgets.lab.contents import CourseContents
from widgets.lab.session import SessionHandler

WARM = "import widgets.pages as _pages; _pages.warm()"
IDLE_MINUTES = 30


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "widgets.lab.server"}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    if not isinstance(app.contents_manager, CourseContents):
        return  # an ordinary JupyterLab, for those who write the course
    settings = app.web_app.settings
    settings["nykurs_kernel"] = SharedKernel(app)
    settings["page_config_hook"] = add_page_config
    getLogger("asyncio").addFilter(is_news)
    path = url_path_join(app.base_url, "nykurs")
    app.web_app.add_handlers(".*$", [(f"{path}/kernel", KernelHandler)])
    if app.contents_manager.leader or app.config.NyKurs.get("present", False):
        app.web_app.add_handlers(".*$", [(rf"{path}/companion/([\w-]+)", CompanionHandler)])
        app.web_app.add_handlers(".*$", [(rf"{path}/session/([\w-]+)", SessionHandler)])


async def _start_jupyter_server_extension(app: ServerApp) -> None:
    if kernel := app.web_app.settings.get("nykurs_kernel"):
        kernel.heat()


def is_news(record: LogRecord) -> bool:
    """Whether a log record says more than that a page was left while something was being sent to it."""
    return not (record.exc_info and isinstance(record.exc_info[1], WebSocketClosedError))


class SharedKernel:
    """The one kernel of the course: every notebook attaches to it, so entries follow along."""

    def __init__(self, app: ServerApp) -> None:
        self.app = app
        self.id = app.kernel_manager.course_id
        self._lock = asyncio.Lock()
        self._heating: asyncio.Task | None = None

    def heat(self) -> None:
        """Start the kernel and import what the cards need, without making anyone wait for it."""
        self._heating = asyncio.create_task(self._heat())

    async def _heat(self) -> None:
        try:
            async with self._lock:
                await self._start()
            await self._warm()
        except Exception as fault:  # a page opens without this too, only slower
            self.app.log.warning("The course's kernel was not warmed: %s", type(fault).__name__)

    async def _start(self) -> None:
        manager = self.app.kernel_manager
        if self.id not in manager:
            # path="" is the course's folder; without it the kernel would start where the server was started.
            await manager.start_kernel(kernel_id=self.id, kernel_name=manager.default_kernel_name, path="")

    async def _warm(self) -> None:
        client = self.app.kernel_manager.get_kernel(self.id).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            client.execute(WARM, silent=True, store_history=False)
        finally:
            client.stop_channels()

    async def empty(self) -> None:
        """End the kernel and everything in its memory, and start a fresh one at the same id."""
        if self._heating:
            self._heating.cancel()
        async with self._lock:
            if self.id in self.app.kernel_manager:
                await self.app.kernel_manager.shutdown_kernel(self.id, now=True)
            await self._start()
        self.heat()


class KernelHandler(APIHandler):
    """POST {"action": "empty"}: forget everything that was entered."""

    auth_resource = "kernels"

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Empty the shared kernel."""
        if (self.get_json_body() or {}).get("action") != "empty":
            raise web.HTTPError(400)
        await self.settings["nykurs_kernel"].empty()
        self.set_status(204)
        self.finish()


def add_page_config(handler: web.RequestHandler, page_config: dict) -> dict:
    """Tell the page what it needs: the kernel, the modules and the words."""
    app = handler.serverapp
    contents = app.contents_manager
    course = {
        "kernel": handler.settings["nykurs_kernel"].id,
        "language": contents.language,
        "leader": contents.leader,
        "idleMinutes": app.config.NyKurs.get("idle_minutes", IDLE_MINUTES),
        "journal": app.config.NyKurs.get("journal", True),
        "present": app.config.NyKurs.get("present", False),
        "words": lab_words(content.words(contents.language)),
        "modules": [module for name in contents.names() if (module := describe(name, contents, app.log))],
    }
    return page_config | {"nykurs": json.dumps(course), "appName": course["words"]["title"]}


def lab_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words of the JupyterLab side, without their prefix."""
    return {key.removeprefix("lab."): text for key, text in words.items() if key.startswith("lab.")}


def describe(name: str, contents: CourseContents, log: Logger) -> dict | None:
    """One module for the first page and the header; None when it cannot be read."""
    try:
        module, cells = contents.read(name)
    except (content.ContentError, notebooks.NotebookError) as error:
        log.warning("%s", error)
        return None
    return {
        "name": module.name,
        "title": module.title,
        "summary": module.summary,
        "minutes": round(rhythm.core_minutes(module, cells)),
        "draft": not module.approved,
        "nextOfKin": module.next_of_kin,
        "exercises": {exercise.id: exercise.title for exercise in module.exercises},
    }
