// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "config/Configuration.h"

#include "config/JsonFile.h"
#include "config/ProjectFile.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <iterator>

namespace stagewright {

namespace {

constexpr qint64 largestCatalog = 16 * 1024 * 1024;

/// Puts one more file over what is there. @p namedAt: where it was asked for, for a file that is not there.
void addCatalog(Configuration &result, const std::string &path, FactsOrigin origin,
                const FileProblem *namedAt = nullptr)
{
    result.files.push_back(path);
    const auto bytes = json::readFile(path, largestCatalog);
    if (!bytes) {
        FileProblem problem = bytes.error();
        if (namedAt)
            problem = {namedAt->file, namedAt->where, path + ": " + problem.message};
        result.problems.push_back(std::move(problem));
        return;
    }
    const Catalog own = Catalog::fromPerson(*bytes, path, origin, result.problems);
    result.catalogFiles.push_back({path, origin, own.entries().size()});
    result.catalog = own.over(result.catalog);
}

void addProject(Configuration &result, const std::string &path)
{
    result.projectFile = path;
    result.files.push_back(path);
    ProjectFile project = readProjectFile(path);
    std::ranges::move(project.problems, std::back_inserter(result.problems));
    result.projectLevels = project.levels;
    for (const auto &[id, level] : project.levels)
        result.lint.levels.insert_or_assign(id, level);
    result.failOn = project.failOn;
    for (std::size_t i = project.catalogs.size(); i-- > 0;) {
        const FileProblem named{path, project.catalogPlaces[i], {}};
        addCatalog(result, project.catalogs[i], FactsOrigin::Project, &named);
    }
}

} // namespace

Configuration loadConfiguration(const ConfigurationSources &sources)
{
    Configuration result;
    result.lint.levels = sources.preferences;
    if (!sources.personalCatalog.empty()) {
        if (QFileInfo::exists(QString::fromStdString(sources.personalCatalog)))
            addCatalog(result, sources.personalCatalog, FactsOrigin::Person);
        else
            result.files.push_back(sources.personalCatalog);
    }
    if (!sources.projectFile.empty())
        addProject(result, sources.projectFile);
    else if (!sources.folder.empty()) {
        if (const auto found = findProjectFile(sources.folder, &result.folders))
            addProject(result, *found);
    }
    for (std::size_t i = sources.catalogs.size(); i-- > 0;)
        addCatalog(result, sources.catalogs[i], FactsOrigin::Person);
    return result;
}

std::string personalCatalogPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (folder + QStringLiteral("/stagewright/catalog.json")).toStdString();
}

std::string_view newCatalogText()
{
    return R"({
    "title": "My images",
    "images": [
        {
            "match": ["registry.example/team/runtime"],
            "tags": ["*"],
            "shell": null,
            "packageManager": null,
            "libc": "glibc",
            "user": "65532",
            "uid": 65532,
            "status": "current",
            "note": "An example. Leave out what is not known; null means that there is none.",
            "sources": ["where the facts can be read"]
        }
    ]
}
)";
}

} // namespace stagewright
