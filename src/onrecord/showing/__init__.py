"""The record -> people and programs: terminal and exports.

`references` says where words stand (report number and line), `dates` and `words` make them readable;
`listings` are the rows of the commands that list; `terminal` draws a story; `exports` writes files.
"""
