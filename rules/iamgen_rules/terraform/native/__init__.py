"""HCL's native syntax: text → tokens → the grammar's tree → `syntax`; and a scan that finds where blocks end."""
