"""Many reports: which (``inputs``, ``manifest``), by whom (``pool``, ``work``), and what of it is done (``journal``, ``run``)."""
