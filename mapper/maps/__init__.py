"""Published figures drawn: the engagement map with folium, a report's map with matplotlib.

Nothing here reads the store or computes a statistic. What is drawn has passed
`mapper.reports.publish`, and its text is untrusted: it reaches a page only as data, and our own
script puts it there as text.
"""
