"""Tools of the developers: tables made from other people's data, and figures of quality."""
