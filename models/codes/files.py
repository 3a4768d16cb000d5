"""FS0xx: files that cannot be read or written."""

from friendshore.models.codes.entry import error

FILES = (
    error(
        "FS001",
        "The file does not exist",
        "There is no file of that name in that folder.",
        "Check the spelling and the folder; the message names the most similar file there.",
    ),
    error(
        "FS002",
        "Not an Excel workbook",
        "The file is of another type: an old .xls or .xlsb, an OpenDocument sheet, CSV, a PDF, or it is empty. Where a "
        "plan is wanted (stress, compare): a workbook that solve did not write.",
        "Open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx); for a plan, solve the workbook first.",
    ),
    error(
        "FS003",
        "The workbook is protected by a password",
        "An encrypted file cannot be read without its password.",
        "Save a copy without a password: in Excel File > Info > Protect Workbook > Encrypt with Password; clear it.",
    ),
    error(
        "FS004",
        "The workbook is damaged",
        "The file looks like a workbook, but parts of it are missing or cannot be read; or the sheets of a plan do not "
        "fit its input sheets.",
        "Open it in Excel or LibreOffice, let it repair the file, and save it under a new name; write a plan again "
        "with solve.",
    ),
    error(
        "FS005",
        "The workbook is larger than can be read safely",
        "The file unpacks to far more than a planning workbook holds, or has far too many parts or sheets.",
        "Copy the input sheets alone, as values, into a new workbook.",
    ),
    error(
        "FS006",
        "The file is open in another program",
        "A file cannot be replaced while Excel or LibreOffice holds it open; nothing was written.",
        "Close it there, or write to another name with -o.",
    ),
    error(
        "FS007",
        "The file could not be read or written",
        "The system refused: no permission, no such folder, a name that is too long, a full disk, or a drive that went "
        "away.",
        "Follow the system's reason in the message. A file that was there before is unchanged.",
    ),
    error(
        "FS008",
        "No such example",
        "friendshore new --example was given a name that no example has.",
        "Choose one of the names in the message.",
    ),
    error(
        "FS009",
        "The plan sheets cannot be joined into this workbook",
        "It is signed, its structure is protected, it is shared in the old way, changes are reserved by a password, or "
        "something in it leans on a plan sheet that would be replaced: joining would break what the workbook promises.",
        "Do what the message names, or leave out --in-place: the plan then goes into a workbook of its own.",
    ),
    error(
        "FS010",
        "A sheet, table or name of the planner's is called like one of the plan",
        "Only sheets that friendshore wrote are ever replaced; a copied or renamed plan sheet is the planner's own.",
        "Rename or delete what the message names, or leave out --in-place.",
    ),
    error(
        "FS011",
        "The workbook was changed after it was read",
        "Somebody saved the workbook while it was being solved: the plan answers the workbook as it was before.",
        "Solve it again. Nothing was changed in it.",
    ),
    error(
        "FS012",
        "The workbook reads other workbooks, programs or the web",
        "A plan is passed on, and whoever opened it would call on what the planner's workbook reads. Links in cells "
        "and names are cut in the copy (FS531); those in charts, rules, pivot tables, data connections and pictures "
        "cannot be.",
        "The plan carries the input as values (FS530). With --in-place the links stay where they are; or break them in "
        "Excel (Data > Edit Links, Data > Queries & Connections) for a full copy.",
    ),
    error(
        "FS013",
        "The plan is of other rows than the workbook has",
        "The problem was changed in Python after it was read: beside the rows of the workbook the plan would tell of "
        "what they do not say.",
        "Write the plan to a workbook of its own, which carries the rows that were solved; or change the workbook and "
        "solve it again.",
    ),
    error(
        "FS014",
        "The workbook is no study that a page can show",
        "report --with wants what frontier, alternatives, share, explain, worth, replan or sensitivity has written; an "
        "earlier version of friendshore wrote no sheet that says what a study is of.",
        "Name the workbook of a study, which stands in reports unless told otherwise; work an old one out again.",
    ),
    error(
        "FS015",
        "The study does not belong to the plan",
        "It was worked out from other rows than the plan has, or is of another plan: beside this plan it would tell of "
        "what was never asked. Gap, time limit, memory limit and title may be otherwise.",
        "Work the study out again from the same workbook, with the same --set; or solve that workbook again, and make "
        "the page of that plan.",
    ),
)
