"""FS1xx: sheets, headers and single cells."""

from friendshore.models.codes.entry import error, warning

CELLS = (
    error(
        "FS101",
        "A required sheet is missing",
        "Periods, Countries, Commodities, Plants and Demand must be there, by these names.",
        "Add the sheet, or rename the one that is meant; friendshore new writes a workbook with all of them.",
    ),
    error(
        "FS102",
        "A required column is missing",
        "The header row has no header of that name. It is row 1, or the one row among the first 20, or at the top of "
        "an Excel table, that holds every required column.",
        "Add the column, or correct its header; case, blanks and underscores do not matter. Nothing but titles may "
        "stand above the headers, and only one table on a sheet.",
    ),
    error(
        "FS103",
        "Not a number",
        "The cell holds text, yes/no or a date where a number is wanted. Text that looks like a number is not "
        "guessed at.",
        "Type the number anew. If Excel shows a green corner, use Convert to Number; look for a leading apostrophe.",
    ),
    error(
        "FS104",
        "A number out of range",
        "The number is below or above what the column allows; shares are fractions, so 8% is 0.08.",
        "Enter a number within the limits in the message.",
    ),
    error(
        "FS105",
        "A required cell is blank",
        "The column has no default, and the row is in use.",
        "Fill the cell, or put # into the first cell of the row to leave it out.",
    ),
    error(
        "FS106",
        "Not a finite number",
        "The cell holds NaN or infinity.",
        "Enter a finite number; a blank cell is the default of its column.",
    ),
    error(
        "FS107",
        "An Excel error value",
        "The cell shows #N/A, #REF!, #DIV/0! or the like.",
        "Mend the formula, or enter the value.",
    ),
    error(
        "FS108",
        "A formula that was never calculated",
        "The file holds the formula, but not its result: a program wrote it, and no spreadsheet has opened it since.",
        "Open the workbook in Excel or LibreOffice, let it calculate, and save it.",
    ),
    error("FS109", "Not a whole number", "Months and counts are whole numbers.", "Enter a whole number."),
    error(
        "FS110",
        "Neither yes nor no",
        "The column takes yes or no (TRUE and FALSE are understood too).",
        "Enter yes or no.",
    ),
    error(
        "FS111",
        "Not one of the words that the column takes",
        "The column takes a fixed set of words.",
        "Use one of the words in the message.",
    ),
    error(
        "FS112",
        "Neither text nor a number",
        "The cell holds a date, a time or TRUE/FALSE where a name or label is wanted. Excel turns 1-2 into a date.",
        "Format the cell as Text and type the name again.",
    ),
    error(
        "FS113",
        "A reserved name",
        "base, each, expected, cvar, own and * have a meaning of their own; so have names that start with @, #, "
        "'each ', 'any ' or stage:, names that hold a comma, / or +, and period labels that are column names.",
        "Choose another name.",
    ),
    error(
        "FS114",
        "The same name twice",
        "Two rows define the same thing, and it is not known which of them holds.",
        "Rename or delete one of the rows.",
    ),
    error(
        "FS115",
        "A required sheet is empty",
        "The sheet has no rows below its headers that are not skipped.",
        "Fill in at least one row. Rows whose first cell starts with # are skipped.",
    ),
    error(
        "FS116",
        "The same column twice",
        "Two headers of a sheet mean the same column.",
        "Rename or delete one of them.",
    ),
    error(
        "FS117",
        "The same sheet twice",
        "Two sheets have names that mean the same input sheet.",
        "Rename or delete one of them.",
    ),
    error(
        "FS118",
        "An unknown setting",
        "Settings has no setting of that name.",
        "Use the name that the message suggests.",
    ),
    error(
        "FS119",
        "A number too great or too small to compute with",
        "Numbers of 1e15 and more are dropped by solvers or drown all others; below 1e-20 they can "
        "be neither divided by nor scaled.",
        "Leave the cell blank where it means 'without end', write 0 where it means nothing, or measure in another "
        "unit.",
    ),
    error(
        "FS120",
        "Not a friendshore workbook",
        "None of the sheets is one of friendshore's, by its name and its headers.",
        "Choose the file that is meant. friendshore new FILE writes a workbook to begin with, with every sheet, its "
        "columns and help in it.",
    ),
    error(
        "FS121",
        "A row for each period",
        "The sheet has one period and one value in each row. Periods are columns: each row holds the values of all "
        "periods, in a column for each that is headed by its label.",
        "Pivot the table: in Excel with Insert > PivotTable (the period to Columns, the value to Values, the other "
        "columns to Rows, repeating their labels), pasted as values; in pandas with frame.pivot_table.",
    ),
    warning(
        "FS151",
        "An unknown sheet",
        "No input sheet has that name; it is not read.",
        "Rename it if it is meant to be read; else nothing.",
    ),
    warning(
        "FS152",
        "An unknown column",
        "The sheet has no column of that name; it is not read.",
        "Rename it if it is meant to be read; call it note if it is a remark.",
    ),
    warning(
        "FS153",
        "A column that this kind does not read",
        "Each kind of event or policy reads some of the columns; this cell is filled and has no effect.",
        "Clear the cell, or change the kind.",
    ),
    warning(
        "FS154",
        "Values below a blank header",
        "The column has cells but no header in row 1; it is not read.",
        "Give it a header, or delete the cells.",
    ),
    warning(
        "FS155",
        "A hidden sheet is read",
        "The sheet is hidden in Excel, and holds input all the same.",
        "Unhide it to check it; delete it if it is not meant to be read.",
    ),
    warning(
        "FS156",
        "Hidden cells are read",
        "Rows or columns with data are hidden, or filtered out of sight. Hiding does not take them out of the problem.",
        "Unhide them and clear filters to check them. To leave a row out, put # before the text of its first cell.",
    ),
    warning(
        "FS157",
        "Merged cells",
        "Excel keeps one value for merged cells, in the first of them. The others are blank, and a blank cell is the "
        "default of its column.",
        "Unmerge the cells and fill in each of them.",
    ),
    warning(
        "FS158",
        "A row of units is not read",
        "The row below the headers has words where numbers belong, and no name.",
        "Check that the numbers are in the unit of their column; delete the row if it was meant as data.",
    ),
    warning(
        "FS159",
        "A country by another name",
        "The cell has a name of the country where its id on Countries is wanted; the name can only mean that one, and "
        "is read as the id.",
        "Nothing, or write the id. The names are those of Countries and of a table made from Unicode CLDR.",
    ),
    warning(
        "FS160",
        "A value that comes from elsewhere",
        "The formula of the cell reads another workbook, another program or the web. What it read is stored in the "
        "workbook and is what is planned with; nothing outside is ever looked at, and no link is copied into a plan.",
        "Update the links in Excel and save, or put the values in place of the formulas.",
    ),
    warning(
        "FS161",
        "A unit in a header that the column does not have",
        "What stands in brackets behind a header is its unit, and nothing is converted: times are read in years, rates "
        "per year, shares as fractions, quantities in the commodity's unit and money in the currency of Settings.",
        "Bring the numbers into the unit of the column, and correct or delete what stands in brackets.",
    ),
)
