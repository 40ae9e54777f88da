"""JupyterLab's own words in Norwegian bokmål, as far as the course lets them be seen."""
