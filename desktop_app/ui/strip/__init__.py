"""对照录入: the narrow window beside the site of the office above, value by value."""
