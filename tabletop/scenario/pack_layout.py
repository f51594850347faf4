"""The names of files and folders in a pack, and how large it may be, without imports: finding one is quick."""

SCENARIO_FILE = "scenario.yaml"
#: The folder of a pack's schedules of injects.
SCHEDULES = "injects"
MOST_BYTES_OF_A_FILE = 2_000_000
MOST_BYTES = 10_000_000
MOST_FILES = 500
