// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "config/ProjectFile.h"

#include "config/JsonFile.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"
#include "semantics/Wording.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr qint64 largestFile = 1024 * 1024;
constexpr std::array<std::string_view, 4> knownKeys{"$schema", "rules", "failOn", "catalog"};

using Json = nlohmann::json;

std::vector<std::string_view> levelNames()
{
    std::vector<std::string_view> names;
    std::ranges::transform(RuleLevels, std::back_inserter(names), ruleLevelName);
    return names;
}

/// Takes the members of the document over one by one; what is wrong becomes a problem.
class Reader
{
public:
    Reader(const json::Document &document, ProjectFile &file)
        : m_document(document)
        , m_file(file)
    {
    }
    void read()
    {
        if (!m_document.root.is_object()) {
            fail("", "expected an object: { \"rules\": { … } }");
            return;
        }
        for (const auto &[key, range] : m_document.places.repeated())
            m_file.problems.push_back({m_file.path, m_document.text.positionAt(range.begin),
                                       "the key " + gotext::quote(key) + " is there twice"});
        for (const auto &[key, value] : m_document.root.items()) {
            if (std::ranges::find(knownKeys, key) == knownKeys.end())
                fail(json::pointerStep(key), "there is no setting " + gotext::quote(key) + suggestion(key, knownKeys),
                     true);
        }
        if (const Json *rules = member("rules"))
            readRules(*rules);
        if (const Json *failOn = member("failOn"))
            readFailOn(*failOn);
        if (const Json *catalog = member("catalog"))
            readCatalogs(*catalog);
        std::ranges::stable_sort(m_file.problems, {}, &FileProblem::where);
    }

private:
    void fail(std::string_view pointer, std::string message, bool atKey = false)
    {
        m_file.problems.push_back(m_document.problem(pointer, std::move(message), atKey));
    }
    const Json *member(const char *key) const
    {
        const auto found = m_document.root.find(key);
        return found == m_document.root.end() ? nullptr : &*found;
    }

    void readRules(const Json &rules)
    {
        if (!rules.is_object()) {
            fail("/rules", "expected an object of rules and levels: { \"SW025\": \"off\" }");
            return;
        }
        for (const auto &[name, value] : rules.items()) {
            const std::string pointer = "/rules" + json::pointerStep(name);
            const Rule *rule = findRuleCalled(name);
            if (!rule) {
                const std::string nearest = nearestRuleId(name);
                fail(pointer,
                     "there is no rule " + gotext::quote(name)
                         + (nearest.empty() ? std::string() : " (did you mean " + nearest + "?)"),
                     true);
                continue;
            }
            if (rule->source == DiagnosticSource::BuildError) {
                fail(pointer, "BuildError cannot be set: BuildKit refuses such a file whatever is written here", true);
                continue;
            }
            const std::optional<RuleLevel> level
                = value.is_string() ? ruleLevelOf(value.get<std::string>()) : std::nullopt;
            if (!level) {
                const std::string given = value.is_string() ? value.get<std::string>() : value.dump();
                fail(pointer,
                     "the level is \"off\", \"info\", \"warning\" or \"error\", not " + gotext::quote(given)
                         + suggestion(given, levelNames()));
            } else if (!m_file.levels.emplace(rule->id, *level).second) {
                fail(pointer, std::string(rule->id) + " is there under another name too", true);
            }
        }
    }

    void readFailOn(const Json &value)
    {
        const auto level = value.is_string() ? ruleLevelOf(value.get<std::string>()) : std::nullopt;
        m_file.failOn = level ? severityOf(*level) : std::nullopt;
        if (!m_file.failOn)
            fail("/failOn", "the severity is \"error\", \"warning\" or \"info\"");
    }

    void readCatalogs(const Json &value)
    {
        if (!value.is_array()) {
            fail("/catalog", "expected a list of files: [\"images.json\"]");
            return;
        }
        const QDir folder = QFileInfo(QString::fromStdString(m_file.path)).absoluteDir();
        for (std::size_t i = 0; const Json &item : value) {
            const std::string pointer = "/catalog/" + std::to_string(i++);
            if (!item.is_string() || item.get<std::string>().empty()) {
                fail(pointer, "expected the name of a file");
                continue;
            }
            const QString name = QString::fromStdString(item.get<std::string>());
            m_file.catalogs.push_back(QDir::cleanPath(folder.filePath(name)).toStdString());
            const json::Place *place = m_document.places.find(pointer);
            m_file.catalogPlaces.push_back(m_document.text.positionAt(place ? place->value.begin : 0));
        }
    }

    const json::Document &m_document;
    ProjectFile &m_file;
};

bool endsSearch(const QDir &folder)
{
    return folder.exists(QStringLiteral(".git")) || folder.isRoot() || folder == QDir::home();
}

} // namespace

std::optional<std::string> findProjectFile(const std::string &folder, std::vector<std::string> *searched)
{
    const QString name = QString::fromUtf8(ProjectFileName.data(), qsizetype(ProjectFileName.size()));
    QDir at(QDir::cleanPath(QFileInfo(QString::fromStdString(folder)).absoluteFilePath()));
    while (true) {
        if (searched)
            searched->push_back(at.path().toStdString());
        if (at.exists(name))
            return at.filePath(name).toStdString();
        // Upwards by name: QDir::cdUp() stops at a folder that is not there (yet).
        if (endsSearch(at))
            return std::nullopt;
        at.setPath(QFileInfo(at.path()).path());
    }
}

std::string projectFileFor(const std::string &folder)
{
    std::vector<std::string> searched;
    if (auto found = findProjectFile(folder, &searched))
        return *found;
    const QDir last(QString::fromStdString(searched.back()));
    const QDir home = last.exists(QStringLiteral(".git")) ? last : QDir(QString::fromStdString(searched.front()));
    return home.filePath(QString::fromUtf8(ProjectFileName.data(), qsizetype(ProjectFileName.size()))).toStdString();
}

ProjectFile readProjectFile(const std::string &path)
{
    const auto bytes = json::readFile(path, largestFile);
    if (!bytes) {
        ProjectFile file;
        file.path = path;
        file.problems.push_back(bytes.error());
        return file;
    }
    return parseProjectFile(*bytes, path);
}

ProjectFile parseProjectFile(const QByteArray &bytes, const std::string &path)
{
    ProjectFile file;
    file.path = path;
    if (const auto document = json::parse(bytes, path))
        Reader(*document, file).read();
    else
        file.problems.push_back(document.error());
    return file;
}

} // namespace stagewright
