"""`python -m onrecord.scaling`: one worker, started by `onrecord.scaling.Workers`."""

from onrecord.scaling.worker import do, serve

if __name__ == "__main__":
    serve(do)
