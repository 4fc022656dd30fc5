echo no first line of a script
