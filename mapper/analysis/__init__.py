"""Where violence is, where engagement reaches, and the gap between them.

Pure: frames come in, frames go out, and nothing given is changed. Frames of areas are
indexed by `area_code`; distances are metres on the National Grid (EPSG:27700).
"""
