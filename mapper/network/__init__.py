"""Who works with whom.

Pure: frames come in, graphs and frames go out, and nothing given is changed. A node is an
organisation, an edge says that two organisations took part in the same activity, and its
weight is in how many. No figure depends on the order of the rows.
"""
