"""Short reports of invented countries and outlets that several tests read."""

from pathlib import Path

SUMMIT = """Ostrel and Varda hold talks on border

By Lena Marsh

Tuesday 4 March 2025 14:10

The foreign ministers of Ostrel and Varda met in Kelm on Tuesday to calm a quarrel over the Sarn valley.

Ostrel has moved 40,000 troops to the border, but denies that it plans to attack its neighbour.

“We want peace and we want it in writing,” Vardan foreign minister Ilya Torvan told reporters after the meeting.

Ostrel's foreign minister, Mira Solen, said that her government would answer the Vardan proposals in writing next week.

She warned that Varda would face “a firm and swift reply” if it closed the river road.

Varda has demanded that Ostrel withdraw its troops from the valley. Solen rejected the demand.
"""

SECOND = """Varda wants written pledge as ministers meet in Kelm

The Morrow Herald
4 March 2025

KELM — Ministers of Varda and Ostrel spoke for three hours in Kelm on Tuesday.

Ilya Torvan, the Vardan foreign minister, said: “We want peace, and we want it on paper.”

Varda says that 60,000 Ostreli troops stand at the border. Ostrel denied that it was planning an attack.

Mira Solen, foreign minister of Ostrel, told journalists that Ostrel would send a written answer next week.
"""

FRENCH = """Les ministres se sont rencontrés à Kelm

Les ministres des affaires étrangères des deux pays se sont rencontrés mardi à Kelm afin de calmer une querelle
au sujet de la vallée de la Sarn, selon un communiqué publié dans la soirée par le gouvernement.
"""


def write(folder: Path) -> Path:
    """Put the reports into a folder, one file each, and give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("summit", SUMMIT), ("second", SECOND), ("french", FRENCH)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
