"""From records to what people and programs read: one file per output format; ``output``: where it goes.

A format is a function from a record to the text that stands for it, its line end included, so that records
can be written one by one as they are made.
"""
