"""The interface of workers, and builds on a Dask cluster."""
