"""How JupyterLab is started for the course: its arguments, its environment, and a settings folder for this run only."""

import json
import os
import sys
from pathlib import Path

from widgets.lab.contents import MODULES

DISABLED = (
    "@jupyterlab/application-extension:layout",  # ours restores nothing: a page is what its address says
    "@jupyterlab/application-extension:property-inspector",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/apputils-extension:resolver",  # ours gives every tab the same, empty workspace
    "@jupyterlab/cell-toolbar-extension",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/hub-extension:connectionlost",  # ours says it in the page
    "@jupyterlab/launcher-extension",
    "@jupyterlab/running-extension",
    "@jupyterlab/shortcuts-extension",  # b, x, dd and Ctrl-S are no business of a participant's
    "@jupyterlab/terminal-extension",
    "@jupyterlab/workspaces-extension",
)
LOCALES = {"nb": "nb_NO"}
LONG_TALK = 24 * 60  # minutes; nothing of anybody's is on the wall, and a talk is no reason to cover it
SOCKET_PATH_LIMIT = 100  # what a Unix socket's path may hold, with a margin


def configure(
    language: str,
    leader: bool,
    port: int,
    token: str,
    run_folder: Path,
    edit: bool = False,
    idle_minutes: float = 30,
    journal: bool = True,
    present: bool = False,
    preview: bool = False,
) -> tuple[list[str], dict[str, str]]:
    """The command and environment that start JupyterLab; everything it writes goes into `run_folder`.

    With `present`, every module opens on the wall: no leader's cell is sent, and nothing can be kept.
    With `preview`, each module is a generated page with all faces of its exercises, and nothing can be kept.
    Without `journal`, or when the environment says so already, participants can neither keep nor download answers.
    """
    run_folder = Path(run_folder).resolve()
    folders = {name: run_folder / name for name in ("config", "data", "run", "lab", "user", "spaces", "ipython")}
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    journal = journal and not present and not preview and os.environ.get("NYKURS_JOURNAL", "").strip().lower() != "off"
    server = server_settings(language, port, token, folders)
    settings = edit_settings(folders) if edit else course_settings(language, leader, idle_minutes, journal)
    if present:
        settings["NyKurs"] |= {"present": True, "idle_minutes": LONG_TALK}
    if preview:
        settings |= preview_settings(language, run_folder / "preview")
    for name, values in settings.items():
        server[name] = server.get(name, {}) | values
    write(folders["config"] / "jupyter_server_config.json", server)
    write(folders["config"] / "jupyter_lab_config.json", lab_settings(folders))
    write(folders["lab"] / "overrides.json", overrides(language, edit))
    page = {"nykursEdit": "true"} if edit else {"disabledExtensions": list(DISABLED)}
    write(folders["lab"] / "page_config.json", page)
    write(folders["ipython"] / "profile_default" / "ipython_kernel_config.json", KERNEL_SETTINGS)
    return [sys.executable, "-m", "jupyterlab", "--no-browser"], environment(folders, journal)


def environment(folders: dict[str, Path], journal: bool) -> dict[str, str]:
    """This process's environment, with every folder of Jupyter's and IPython's inside the run folder."""
    kept = {} if journal else {"NYKURS_JOURNAL": "off"}  # what `course.keeping` asks for, in the kernel
    return {**os.environ, **kept} | {
        "JUPYTER_CONFIG_DIR": str(folders["config"]),
        "JUPYTER_DATA_DIR": str(folders["data"]),
        "JUPYTER_RUNTIME_DIR": str(folders["run"]),
        "JUPYTERLAB_SETTINGS_DIR": str(folders["user"]),
        "JUPYTERLAB_WORKSPACES_DIR": str(folders["spaces"]),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(folders["ipython"]),
        "MPLCONFIGDIR": str(Path(sys.prefix) / "var" / "matplotlib"),  # kept, because its list of fonts is slow to make
        "MPLBACKEND": "agg",
    }


def server_settings(language: str, port: int, token: str, folders: dict[str, Path]) -> dict:
    """What the server is told, whoever it is for."""
    return {
        "Application": {"log_level": "WARN"},
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 0,
            "allow_root": True,  # a machine in a container has no other user
            "open_browser": False,
            "root_dir": str(MODULES / language),
            "terminals_enabled": False,
            "jpserver_extensions": {
                "jupyterlab": True,
                "notebook_shim": False,
                "jupyter_server_terminals": False,
                "widgets.lab.server": True,
            },
        },
        "IdentityProvider": {"token": token},
        "MappingKernelManager": {"cull_idle_timeout": 0},  # a culled kernel would lose entries in silence
        "KernelManager": {"transport": transport(folders["run"])},
        "LanguageServerManager": {"autodetect": False},
    }


def transport(runtime_folder: Path) -> str:
    """Sockets in a private folder where the system has them and the path is short enough, else the local network."""
    longest = len(str(runtime_folder / f"kernel-{'0' * 36}-ipc-5"))
    return "tcp" if sys.platform == "win32" or longest > SOCKET_PATH_LIMIT else "ipc"


def course_settings(language: str, leader: bool, idle_minutes: float, journal: bool) -> dict:
    """The course: read-only, and a kernel that is said to be gone when it is gone."""
    return {
        "NyKurs": {"idle_minutes": idle_minutes, "journal": journal},
        "ServerApp": {"contents_manager_class": "widgets.lab.contents.CourseContents", **ONE_KERNEL},
        "CourseContents": {"language": language, "leader": leader},
        # A kernel started anew by itself would be empty without anyone being told.
        "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
    }


def preview_settings(language: str, made: Path) -> dict:
    """The course again, with pages for authors in the place of the notebooks."""
    from widgets.lab.preview import write as write_pages  # here, because only authors need it

    write_pages(made, language)
    return {
        "NyKurs": {"idle_minutes": LONG_TALK, "journal": False},
        "ServerApp": {"contents_manager_class": "widgets.lab.preview.PreviewContents", **ONE_KERNEL},
        "PreviewContents": {"made": str(made)},
    }


def edit_settings(folders: dict[str, Path]) -> dict:
    """Ordinary JupyterLab on texts and notebooks; saving strips outputs, counts and state."""
    return {
        "ServerApp": {"root_dir": str(MODULES.parent)},
        "ContentsManager": {"hide_globs": ["__pycache__", "*.py", "*.pyc", ".*"]},
        "FileContentsManager": {"pre_save_hook": "widgets.lab.saving.strip"},
        "FileCheckpoints": {"checkpoint_dir": str(folders["run"] / "checkpoints")},
    }


def lab_settings(folders: dict[str, Path]) -> dict:
    """JupyterLab itself: nothing fetched, nothing looked up."""
    return {
        "LabApp": {
            "app_settings_dir": str(folders["lab"]),
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
        }
    }


def overrides(language: str, edit: bool) -> dict:
    """The settings of JupyterLab's own parts."""
    settings = {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
            "doNotDisturbMode": True,
        },
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES.get(language, "default")},
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    }
    return settings if edit else settings | COURSE_OVERRIDES


COURSE_OVERRIDES = {
    # One thread and one order for all that is entered. Else widgets' messages come in a second thread of the kernel,
    # beside the cells that run, and letters typed while it began have been seen to get lost.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/application-extension:shell": {"startMode": "single", "dockPanelPadding": False},
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light", "adaptive-theme": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False, "maxNumberRecents": 0},
    "@jupyterlab/filebrowser-extension:browser": {"allowFileUploads": False},
    "@jupyterlab/notebook-extension:tracker": {
        "autoStartDefaultKernel": True,
        "kernelShutdown": False,
        "scrollPastEnd": False,
        "showHiddenCellsButton": False,
        "windowingMode": "none",
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}
ONE_KERNEL = {
    "kernel_manager_class": "widgets.lab.kernels.CourseKernels",
    "kernel_websocket_connection_class": "widgets.lab.kernels.CoursePage",
}
KERNEL_SETTINGS = {
    "HistoryManager": {"enabled": False},
    "InteractiveShell": {"cache_size": 0},  # Out[...] would keep every card alive
}


def write(path: Path, settings: dict) -> None:
    """Write a settings file that only its owner can read, since one of them holds the token."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(settings, indent=1), encoding="utf-8")
