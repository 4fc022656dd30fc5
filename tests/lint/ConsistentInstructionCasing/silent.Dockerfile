from alpine
run x
