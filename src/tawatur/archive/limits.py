"""How much one input may be: beyond these it is refused with a reason, and the rest of the batch goes on."""

from __future__ import annotations

MAX_REPORT = 16 << 20  # bytes of one report: a text file, a page, or a line of JSON lines
MAX_DOCUMENT = 256 << 20  # bytes of a table in an archive, or of one part of it, which are held as a whole
MAX_SUBMISSIONS = 64 << 20  # bytes of one export of a form's submissions, which is read as a whole
MAX_VALUES = 320 << 20  # bytes that the values of one JSON text may take once it is read
MAX_MAIL = 40 << 20  # bytes of one mail with its files
MAX_PDF = 100 << 20  # bytes of one PDF
MAX_FEED = 32 << 20  # bytes of one feed, which is read as a whole
MAX_LINES = 300_000  # lines of one Markdown file
MAX_TAGS = 200_000  # elements of one page
MAX_TREE = 430 << 20  # bytes that reading one page may take
MAX_FEED_TAGS = 200_000  # tags of one feed, those within quoted pages not counted
MAX_DOCX = 64 << 20  # bytes of one DOCX, and of its parts unpacked
MAX_UNPACKED = 4 << 30  # bytes that one part of a package, or all members of one file, may unpack to
MAX_DEPTH = 4  # containers that a report may lie in
MAX_MEMBERS = 1_000_000  # members of one file, those in inner containers included
MAX_GROWTH = 20  # times its size that a file may unpack to where that is more than MAX_UNPACKED
MAX_RATIO = 250  # times its packed size that one member may unpack to, once it is larger than RATIO_FROM
RATIO_FROM = 64 << 20  # bytes
MAX_UNPACKING = 900.0  # seconds that unpacking the members of one file may take
MAX_LISTED = 300_000  # members of one ZIP, whose list is held in memory
MAX_LIST = 48 << 20  # bytes of that list
MAX_HELD = 1 << 30  # bytes of an archive inside another, held in a file without a name while it is read
MAX_REFUSED = 100_000  # parts of a file that are refused, where few are read, before the rest of it is left unread
MAX_DEEP = 20  # archives that lie too deep before the rest of the file is left unread
MAX_PAYLOAD = 128 << 20  # bytes of one page or file in a web archive
XZ_MEMORY = 96 << 20  # bytes that unpacking xz may need
