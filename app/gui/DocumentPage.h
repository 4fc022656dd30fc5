// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "MessageBar.h"
#include "session/DocumentFile.h"
#include "session/DocumentSession.h"

#include <QWidget>

namespace stagewright {

class BuildController;
class GraphView;

/// One open document: its session, its file, its graph, and the bars above it.
class DocumentPage : public QWidget
{
    Q_OBJECT
public:
    explicit DocumentPage(const Context &context, QWidget *parent = nullptr);
    ~DocumentPage() override;

    [[nodiscard]] DocumentSession &session() { return *m_session; }
    [[nodiscard]] const DocumentSession &session() const { return *m_session; }
    [[nodiscard]] DocumentFile &file() { return *m_file; }
    [[nodiscard]] const DocumentFile &file() const { return *m_file; }
    [[nodiscard]] GraphView *graph() const { return m_graph; }
    [[nodiscard]] BuildController &builds() const { return *m_builds; }
    /// Marks what a build waited for.
    void setCriticalPath(bool shown);
    [[nodiscard]] MessageBars &bars() { return *m_bars; }

    struct Counts
    {
        int errors = 0;
        int warnings = 0;
        int notes = 0;
    };
    [[nodiscard]] Counts counts() const;
    /// "~/workshop/shop-api/Dockerfile", or "not saved yet".
    [[nodiscard]] QString displayPath() const;

Q_SIGNALS:
    /// The page is about to go, its session still there: who looks at the session lets go of it.
    void closing();
    /// Name, path or modified state.
    void titleChanged();
    /// The person wants to see what is on disk, beside the own version.
    void showDiskVersionRequested();
    void saveRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showDiskState(DiskState state);
    void showReadOnly();
    void showBuild();

    DocumentSession *m_session;
    DocumentFile *m_file;
    BuildController *m_builds;
    MessageBars *m_bars;
    GraphView *m_graph;
    bool m_fitted = false;
    bool m_criticalPath = true;
};

} // namespace stagewright
