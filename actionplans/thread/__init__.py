"""The golden thread read whole, and where it is broken. Has no models: it reads the others'.

Nouns: Thread (one theme's seven stations), Station, Break (a thread that is cut, and since when).
Read by the theme's page, the desk's first page and the page of broken threads.
"""
