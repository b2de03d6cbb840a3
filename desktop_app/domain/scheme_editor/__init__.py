"""A scheme edited in forms: its words in Chinese, blocks to add, differences, doubts."""
