"""The version of mapper, in one place so that a run can record it."""

VERSION = "0.1.0"
