"""Who may act for somebody: advocates, carers, attorneys.

Nouns: Authority (who acts for whom, what they may do, the evidence seen, from and until; it ends by
itself). What somebody does for another is marked “by X for Y” through `Actor.behalf`. Read by the
person page, the phone screen and whatever records what was said.
"""
