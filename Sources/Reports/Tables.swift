// Whoever imports Reports gets the tables that it is made of.
@_exported import Tables
