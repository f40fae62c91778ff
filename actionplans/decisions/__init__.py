"""Who decided what, when and why. One decision may answer a theme of many.

Nouns: Decision. "No change, because …" is a valid, publishable one. Plans' lines arise from it;
outcomes and replies hang on it.
"""
