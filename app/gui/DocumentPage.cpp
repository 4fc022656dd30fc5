// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "DocumentPage.h"

#include "Preferences.h"
#include "Prompts.h"
#include "building/BuildController.h"
#include "building/BuildOnGraph.h"
#include "building/BuildOutcome.h"
#include "config/ProjectFile.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "lint/Linter.h"
#include "session/ConfigurationWatch.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace stagewright {

DocumentPage::DocumentPage(const Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_session(new DocumentSession(context.preferences ? context.preferences->linter() : context.linter, this))
    , m_file(new DocumentFile(*m_session, context.dataFolder, this))
    , m_builds(new BuildController(*m_session, *m_file, context.engines, this))
    , m_configuration(new ConfigurationWatch(this))
    , m_outcome(new BuildOutcome(*m_session, *m_file, *m_builds,
                                 context.historyFolder.isEmpty() ? context.dataFolder + QStringLiteral("/builds")
                                                                 : context.historyFolder,
                                 this))
    , m_bars(new MessageBars(context.theme, this))
    , m_graph(new GraphView(*m_session, context.theme, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bars);
    layout->addWidget(m_graph, 1);
    setFocusProxy(m_graph);
    // First: what is read is checked with the configuration of where it is.
    connect(m_file, &DocumentFile::pathChanged, this, &DocumentPage::findConfiguration);
    connect(m_configuration, &ConfigurationWatch::changed, this, &DocumentPage::applyConfiguration);
    if (context.preferences) {
        connect(context.preferences, &Preferences::changed, this, &DocumentPage::findConfiguration);
    }
    connect(m_file, &DocumentFile::pathChanged, this, &DocumentPage::titleChanged);
    connect(m_file, &DocumentFile::modifiedChanged, this, &DocumentPage::titleChanged);
    connect(m_file, &DocumentFile::noticeChanged, this, &DocumentPage::showReadOnly);
    connect(m_file, &DocumentFile::diskStateChanged, this, &DocumentPage::showDiskState);
    connect(m_session, &DocumentSession::readOnlyChanged, this, &DocumentPage::showReadOnly);
    connect(m_builds, &BuildController::started, this, &DocumentPage::showBuild);
    connect(m_builds, &BuildController::progressed, this, &DocumentPage::showBuild);
    connect(m_builds, &BuildController::phaseChanged, this, &DocumentPage::showBuild);
    connect(m_builds, &BuildController::mappingChanged, this, &DocumentPage::showBuild);
    if (context.preferences) {
        m_graph->setLargestFit(context.preferences->fittedZoom());
        connect(context.preferences, &Preferences::fittedZoomChanged, m_graph, &GraphView::setLargestFit);
    }
    findConfiguration();
    connect(m_session, &DocumentSession::sizesChanged, m_graph, [this] { showBuild(); });
}

DocumentPage::~DocumentPage()
{
    Q_EMIT closing();
    // The file writes the node positions of a session that must still be there; the view only looks at both.
    delete m_graph;
    delete m_outcome;
    delete m_builds;
    delete m_file;
    delete m_session;
}

void DocumentPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_fitted, true)) {
        // The docks come up with the first document; only then is known how much room there is.
        QTimer::singleShot(0, m_graph, &GraphView::fitAll);
    }
}

DocumentPage::Counts DocumentPage::counts() const
{
    Counts counts;
    for (const Diagnostic &diagnostic : m_session->diagnostics()) {
        switch (diagnostic.severity) {
        case Severity::Error: ++counts.errors; break;
        case Severity::Warning: ++counts.warnings; break;
        case Severity::Info: ++counts.notes; break;
        }
    }
    return counts;
}

QString DocumentPage::displayPath() const
{
    const QString path = m_file->path();
    if (path.isEmpty()) {
        return tr("not saved yet");
    }
    return shortPath(path);
}

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size()) : path;
}

void DocumentPage::showBuild()
{
    GraphBuild build = buildOnGraph(*m_builds, m_criticalPath);
    // Once a build has succeeded, what its instructions weigh says more than how long they took.
    build.weighed
        = m_session->sizes().isMeasured() && !m_builds->isBusy() && m_builds->result() == engine::BuildResult::Built;
    m_graph->graphScene()->setBuild(std::move(build));
}

void DocumentPage::setCriticalPath(bool shown)
{
    m_criticalPath = shown;
    showBuild();
}

void DocumentPage::findConfiguration()
{
    ConfigurationSources sources;
    if (!m_file->path().isEmpty()) {
        sources.folder = QFileInfo(m_file->path()).absolutePath().toStdString();
    }
    if (m_context.preferences) {
        sources.preferences = m_context.preferences->levels();
        sources.personalCatalog = m_context.preferences->catalogPath().toStdString();
    }
    m_configuration->setSources(std::move(sources));
}

void DocumentPage::applyConfiguration()
{
    const Configuration &now = m_configuration->configuration();
    m_session->setLinter(Linter(now.catalog, now.lint), asFindings(now.problems));
    if (now.problems.empty()) {
        m_bars->hide(MessageBars::Subject::Configuration);
        return;
    }
    const FileProblem &first = now.problems.front();
    const QString path = QString::fromStdString(first.file);
    FileProblem shown = first;
    shown.file = shortPath(path).toStdString();
    QString text = QString::fromStdString(shown.text());
    if (now.problems.size() > 1) {
        text += QLatin1Char('\n') + tr("and %1 more, in the list of problems").arg(now.problems.size() - 1);
    }
    m_bars->show(MessageBars::Subject::Configuration, MessageBar::Level::Warning, text,
                 {{tr("Open"), [this, path] { m_context.prompts.openInEditor(path); }}});
}

void DocumentPage::setProjectLevel(std::string_view ruleId, RuleLevel level)
{
    if (m_file->path().isEmpty()) {
        return;
    }
    const std::string path = projectFileFor(QFileInfo(m_file->path()).absolutePath().toStdString());
    const QString name = shortPath(QString::fromStdString(path));
    const auto written = writeRuleLevel(path, ruleId, level);
    if (!written) {
        m_bars->show(MessageBars::Subject::Edit, MessageBar::Level::Error,
                     tr("The rule stays as it is. %1").arg(QString::fromStdString(written.error().text())),
                     {{tr("Open"), [this, path] { m_context.prompts.openInEditor(QString::fromStdString(path)); }}});
        return;
    }
    m_configuration->check();
    const QString id = QString::fromUtf8(ruleId.data(), qsizetype(ruleId.size()));
    m_bars->show(MessageBars::Subject::Edit, MessageBar::Level::Note,
                 level == RuleLevel::Off ? tr("%1 is off for everything in the project: %2").arg(id, name)
                                         : tr("%1 has another level now: %2").arg(id, name),
                 {{tr("Open"), [this, path] { m_context.prompts.openInEditor(QString::fromStdString(path)); }}});
}

void DocumentPage::showReadOnly()
{
    if (!m_session->isReadOnly()) {
        m_bars->hide(MessageBars::Subject::ReadOnly);
        return;
    }
    const QString notice = m_file->notice();
    m_bars->show(MessageBars::Subject::ReadOnly, MessageBar::Level::Warning,
                 notice.isEmpty() ? tr("This document is read-only.") : notice, {}, false);
}

void DocumentPage::showDiskState(DiskState state)
{
    using Subject = MessageBars::Subject;
    switch (state) {
    case DiskState::Same: m_bars->hide(Subject::Disk); return;
    case DiskState::Deleted:
        m_bars->show(Subject::Disk, MessageBar::Level::Warning,
                     tr("%1 is not on disk any more. What you see here is the last version of it.").arg(m_file->name()),
                     {{tr("Save it again"), [this] { Q_EMIT saveRequested(); }, true}});
        return;
    case DiskState::Changed: break;
    }
    const QString text = m_file->isModified()
        ? tr("Another program changed %1, and you have changes here that are not saved.").arg(m_file->name())
        : tr("Another program changed %1.").arg(m_file->name());
    m_bars->show(Subject::Disk, MessageBar::Level::Warning, text,
                 {{tr("Reload"),
                   [this] {
                       if (const auto done = m_file->reload(); !done) {
                           m_bars->show(Subject::Save, MessageBar::Level::Error, done.error().message);
                       }
                   },
                   true},
                  {tr("Keep mine"), [this] { m_file->ignoreDiskChange(); }},
                  {tr("Show"), [this] { Q_EMIT showDiskVersionRequested(); }}},
                 false);
}

} // namespace stagewright
