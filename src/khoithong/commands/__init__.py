"""The commands of the command line, one module each; `khoithong.cli` names them and imports the one asked for."""
