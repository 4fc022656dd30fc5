FROM alpine
maintainer Ada "the first" $HOME
cmd ["x"]
