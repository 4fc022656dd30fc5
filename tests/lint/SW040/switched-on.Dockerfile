FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
WORKDIR /app
COPY out .
ENTRYPOINT ["dotnet", "app.dll"]
