"""Names of the workbook as one reads them."""

from __future__ import annotations


def label(name: str) -> str:
    """A name with blanks in place of underscores; as it is where nothing else is in it.

    Examples
    --------
    >>> label("mountain_pass__ramp"), label("___")
    ('mountain pass ramp', '___')
    """
    return " ".join(name.replace("_", " ").split()) or name


def capital(text: str) -> str:
    """Text with its first letter large, as a sentence begins.

    Examples
    --------
    >>> capital("rare earths"), capital("")
    ('Rare earths', '')
    """
    return text[:1].upper() + text[1:]
