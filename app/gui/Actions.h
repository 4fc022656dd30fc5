// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QKeySequence>
#include <QObject>

#include <vector>

QT_BEGIN_NAMESPACE
class QAction;
class QMenu;
class QMenuBar;
class QToolBar;
class QUndoGroup;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// Every command of the window with its words, icon and keys, and where it stands in menus and tool bar.
/// What they do is connected by the window.
class Actions : public QObject
{
    Q_OBJECT
public:
    Actions(const Theme &theme, QUndoGroup &undo, QObject *parent);

    void fillMenus(QMenuBar *bar);
    /// @p build: the build button and the engine, behind the target.
    void fillToolBar(QToolBar *bar, QWidget *target, QWidget *build);
    /// Enables what makes sense.
    struct State
    {
        bool document = false; ///< One is open.
        bool writable = false; ///< And may be changed.
        bool file = false;     ///< And is on disk.
        bool stage = false;    ///< A stage is selected (or something inside it).
        bool canMoveUp = false;
        bool canMoveDown = false;
        bool isTarget = false;
        bool building = false; ///< Its build runs.
        int options = 0;       ///< Build options in force.
        QString optionsText;   ///< Which.
    };
    void update(const State &state);
    /// For the list of shortcuts: menus in order, with their actions.
    [[nodiscard]] const std::vector<QMenu *> &menus() const { return m_menus; }

    // File
    QAction *newFile, *open, *save, *saveAs, *saveAll, *revert, *exportGraph, *close, *quit;
    QMenu *newFromTemplate = nullptr;
    QMenu *recentFiles = nullptr;
    // Edit
    QAction *undo, *redo, *cut, *copy, *paste, *find, *findNext, *quickFix, *selectAll, *format;
    // View
    QAction *zoomIn, *zoomOut, *zoomReset, *fit, *autoLayout, *themeSystem, *themeLight, *themeDark, *reduceMotion;
    QAction *nextDocument, *previousDocument, *focusGraph, *focusText, *searchPalette;
    QMenu *panels = nullptr;
    // Stage
    QAction *addStage, *renameStage, *duplicateStage, *deleteStage, *setTarget, *moveStageUp, *moveStageDown,
        *buildOptions, *compareImages, *explainShell;
    // Build
    QAction *build, *stopBuild, *showBuild, *showConsole, *findEngines, *copyCommand, *criticalPath;
    // Help
    QAction *shortcuts, *about, *startPage;

private:
    QAction *make(const char *name, const QString &text, const char *icon = nullptr,
                  const QList<QKeySequence> &keys = {});
    void makeFileActions();
    void makeEditActions(QUndoGroup &undo);
    void makeViewActions();
    void makeStageActions();
    void makeBuildActions();

    const Theme &m_theme;
    std::vector<QMenu *> m_menus;
};

} // namespace stagewright
