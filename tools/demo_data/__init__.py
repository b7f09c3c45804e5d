"""Invent the demo's organisations, activities and violence counts over the real geography.

Everything follows from one seed. Places are real (shipped LSOAs, postcodes and residents);
every organisation, person, activity and count is invented. Run with
``python -m tools.demo_data``.
"""
