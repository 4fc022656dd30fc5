FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS a
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS b
ENV LANG=C.UTF-8

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS c
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true LANG=de_DE.UTF-8
