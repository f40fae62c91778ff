"""The groups through which residents take part and by which things are decided.

Nouns: Body, with its aliases. Read by plans (monitors, owners), feedback and decisions.
"""
