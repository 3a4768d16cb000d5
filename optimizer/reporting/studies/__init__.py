"""Studies as workbooks: one package a study."""
