"""Whether those who take part are like those who live here, and what is done where they are not.

Nouns: a Characteristic is an equality question or something the register knows (age, tenure, place);
a Cut is a quarter's tables of one characteristic, counted and hidden by the equality store, frozen
here; a Finding compares the two shares of one category, with their range and index; a Gap is a
finding that somebody is to put right, and leads to a line of a plan through `ports`.
Every share is worked out from printed counts, so nothing more can be read off it.
Read by the desk, the board's library and reports. Reading order: `models`, `characteristics`,
`statistics`, `queries`, `comparing`.
"""
