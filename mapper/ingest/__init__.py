"""Source files become validated records, and what was wrong with the rest is said.

A file is found (`fetching`), opened and read into rows (`files`), looked through for persons
(`privacy`), its columns told (`columns`) and its cells read (`cells`), the areas it names known
(`areas`), laid out as records (`records`) by its publisher's format (`formats`) and its kind
(`kinds`), and each record given its place (`places`). What became of it is in `outcome`.
"""
