"""The JupyterLab side: how a course notebook meets a participant."""
