"""The machinery around the models: programmes, searches, certificates, studies, workbooks and commands."""
