from alpine AS b
run make
FROM b AS c
cmd ["x"]
