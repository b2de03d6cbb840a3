"""电子签名: the office's certificate or program, signed forms, and any PDF looked at."""
