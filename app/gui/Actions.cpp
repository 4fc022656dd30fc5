// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Actions.h"

#include "theme/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <QUndoGroup>

namespace stagewright {

Actions::Actions(const Theme &theme, QUndoGroup &undoGroup, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    makeFileActions();
    makeEditActions(undoGroup);
    makeViewActions();
    makeStageActions();
    makeBuildActions();
}

QAction *Actions::make(const char *name, const QString &text, const char *icon, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    if (icon) {
        action->setIcon(m_theme.icon(QString::fromLatin1(icon)));
    }
    action->setShortcuts(keys);
    if (!keys.isEmpty()) {
        QString tip = text;
        tip.remove(QLatin1Char('&'));
        tip.remove(QStringLiteral("…"));
        action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, keys.first().toString(QKeySequence::NativeText)));
    }
    return action;
}

void Actions::makeFileActions()
{
    newFile = make("newFile", tr("&New"), "file-plus", {QKeySequence::New});
    open = make("open", tr("&Open…"), "folder-open", {QKeySequence::Open});
    open->setIconText(tr("Open"));
    save = make("save", tr("&Save"), "save", {QKeySequence::Save});
    saveAs = make("saveAs", tr("Save &as…"), nullptr, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    saveAll = make("saveAll", tr("Save a&ll"), nullptr, {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)});
    revert = make("revert", tr("Re&vert to saved"), "history");
    exportGraph = make("exportGraph", tr("&Export graph…"), "image", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    close = make("close", tr("&Close"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_W)});
    quit = make("quit", tr("&Quit"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeEditActions(QUndoGroup &undoGroup)
{
    undo = undoGroup.createUndoAction(this, tr("Undo"));
    undo->setObjectName(QStringLiteral("undo"));
    undo->setIcon(m_theme.icon(QStringLiteral("undo-2")));
    undo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Z)});
    redo = undoGroup.createRedoAction(this, tr("Redo"));
    redo->setObjectName(QStringLiteral("redo"));
    redo->setIcon(m_theme.icon(QStringLiteral("redo-2")));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    cut = make("cut", tr("Cu&t"), "scissors", {QKeySequence::Cut});
    copy = make("copy", tr("&Copy"), "copy", {QKeySequence::Copy});
    paste = make("paste", tr("&Paste"), "clipboard", {QKeySequence::Paste});
    selectAll = make("selectAll", tr("Select &all"), nullptr, {QKeySequence::SelectAll});
    find = make("find", tr("&Find…"), "search", {QKeySequence::Find});
    findNext = make("findNext", tr("Find &next"), nullptr, {QKeySequence(Qt::Key_F3)});
    format = make("format", tr("F&ormat document"), "wand-sparkles", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    preferences = make("preferences", tr("Pre&ferences…"), "settings", {QKeySequence(Qt::CTRL | Qt::Key_Comma)});
    preferences->setMenuRole(QAction::PreferencesRole);
    quickFix = make("quickFix", tr("&Quick fixes…"), "lightbulb",
                    {QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Period)});
}

void Actions::makeViewActions()
{
    zoomIn = make("zoomIn", tr("Zoom &in"), "zoom-in",
                  {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = make("zoomOut", tr("Zoom &out"), "zoom-out", {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    zoomReset = make("zoomReset", tr("Zoom to &100 %"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_0)});
    fit = make("fit", tr("&Fit"), "maximize", {QKeySequence(Qt::CTRL | Qt::Key_9)});
    autoLayout = make("autoLayout", tr("Auto-&layout"), "workflow", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
    themeSystem = make("themeSystem", tr("Follow the &system"), "monitor");
    themeLight = make("themeLight", tr("&Light"), "sun");
    themeDark = make("themeDark", tr("&Dark"), "moon");
    auto *themes = new QActionGroup(this);
    for (QAction *action : {themeSystem, themeLight, themeDark}) {
        action->setCheckable(true);
        themes->addAction(action);
    }
    reduceMotion = make("reduceMotion", tr("&Reduce motion"));
    reduceMotion->setCheckable(true);
    nextDocument = make("nextDocument", tr("Ne&xt document"), nullptr,
                        {QKeySequence(Qt::CTRL | Qt::Key_Tab), QKeySequence(Qt::CTRL | Qt::Key_PageDown)});
    previousDocument
        = make("previousDocument", tr("Pre&vious document"), nullptr,
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), QKeySequence(Qt::CTRL | Qt::Key_PageUp)});
    focusGraph = make("focusGraph", tr("Go to the &graph"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_1)});
    focusText = make("focusText", tr("Go to the &text"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_2)});
    searchPalette = make("searchPalette", tr("Search the &palette"), nullptr, {QKeySequence(Qt::CTRL | Qt::Key_K)});
}

void Actions::makeStageActions()
{
    addStage = make("addStage", tr("&Add stage"), "square-plus", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)});
    renameStage = make("renameStage", tr("&Rename…"), "pencil", {QKeySequence(Qt::Key_F2)});
    duplicateStage = make("duplicateStage", tr("D&uplicate"), "copy", {QKeySequence(Qt::CTRL | Qt::Key_D)});
    deleteStage
        = make("deleteStage", tr("&Delete stage"), "trash-2", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete)});
    setTarget = make("setTarget", tr("Set as &target"), "flag", {QKeySequence(Qt::CTRL | Qt::Key_T)});
    setTarget->setCheckable(true);
    moveStageUp = make("moveStageUp", tr("Move &up"), "arrow-up", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up)});
    moveStageDown
        = make("moveStageDown", tr("Move d&own"), "arrow-down", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Down)});
    compareImages = make("compareImages", tr("&Compare the base image…"), "git-compare",
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)});
    explainShell
        = make("explainShell", tr("Explain its &shell"), "ban", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)});
    shortcuts = make("shortcuts", tr("&Keyboard shortcuts"), "keyboard", {QKeySequence(Qt::CTRL | Qt::Key_Slash)});
    about = make("about", tr("&About Stagewright"), "info");
    about->setMenuRole(QAction::AboutRole);
    startPage = make("startPage", tr("&Close all and show the start page"));
}

void Actions::makeBuildActions()
{
    build = make("build", tr("&Build"), "play",
                 {QKeySequence(Qt::Key_F9), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)});
    stopBuild = make("stopBuild", tr("&Stop the build"), "stop", {QKeySequence(Qt::SHIFT | Qt::Key_F9)});
    buildOptions
        = make("buildOptions", tr("Build &options…"), "sliders-horizontal", {QKeySequence(Qt::CTRL | Qt::Key_B)});
    showBuild = make("showBuild", tr("Show the build &steps"), "list", {QKeySequence(Qt::CTRL | Qt::Key_3)});
    showConsole = make("showConsole", tr("Show the &console"), "terminal", {QKeySequence(Qt::CTRL | Qt::Key_4)});
    showLayers = make("showLayers", tr("Show the &layers"), "layers", {QKeySequence(Qt::CTRL | Qt::Key_5)});
    showImage = make("showImage", tr("Look &inside the image"), "box", {QKeySequence(Qt::CTRL | Qt::Key_6)});
    findEngines = make("findEngines", tr("&Find build engines"), "refresh-cw");
    copyCommand = make("copyCommand", tr("&Copy the command"), "clipboard");
    criticalPath = make("criticalPath", tr("Show the critical &path"), "workflow");
    criticalPath->setCheckable(true);
    criticalPath->setChecked(true);
}

void Actions::fillMenus(QMenuBar *bar)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addAction(newFile);
    newFromTemplate = file->addMenu(tr("New from &template"));
    file->addAction(open);
    recentFiles = file->addMenu(tr("Open &recent"));
    file->addSeparator();
    file->addActions({save, saveAs, saveAll, revert});
    file->addSeparator();
    file->addAction(exportGraph);
    file->addSeparator();
    file->addActions({close, startPage, quit});

    QMenu *edit = bar->addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({cut, copy, paste, selectAll});
    edit->addSeparator();
    edit->addActions({find, findNext});
    edit->addSeparator();
    edit->addActions({quickFix, format});
    edit->addSeparator();
    edit->addAction(preferences);

    QMenu *view = bar->addMenu(tr("&View"));
    view->addActions({zoomIn, zoomOut, zoomReset, fit, autoLayout});
    view->addSeparator();
    panels = view->addMenu(tr("&Panels"));
    QMenu *theme = view->addMenu(tr("&Theme"));
    theme->addActions({themeSystem, themeLight, themeDark});
    view->addAction(reduceMotion);
    view->addSeparator();
    view->addActions({focusGraph, focusText, searchPalette});
    view->addSeparator();
    view->addActions({nextDocument, previousDocument});

    QMenu *stage = bar->addMenu(tr("&Stage"));
    stage->addActions({addStage, renameStage, duplicateStage, deleteStage});
    stage->addSeparator();
    stage->addActions({moveStageUp, moveStageDown});
    stage->addSeparator();
    stage->addActions({compareImages, explainShell});
    stage->addSeparator();
    stage->addAction(setTarget);

    QMenu *building = bar->addMenu(tr("&Build"));
    building->addActions({build, stopBuild});
    building->addSeparator();
    building->addActions({buildOptions, copyCommand, findEngines});
    building->addSeparator();
    building->addActions({showBuild, showLayers, showImage, showConsole, criticalPath});

    QMenu *help = bar->addMenu(tr("&Help"));
    help->addActions({shortcuts, about});
    m_menus = {file, edit, view, stage, building, help};
}

void Actions::fillToolBar(QToolBar *bar, QWidget *target, QWidget *buildBar)
{
    const auto add = [bar](QAction *action, bool text) {
        bar->addAction(action);
        if (auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(action))) {
            button->setToolButtonStyle(text ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
            button->setFocusPolicy(Qt::TabFocus);
        }
    };
    for (QAction *action : {newFile, open, save}) {
        add(action, true);
    }
    bar->addSeparator();
    add(undo, false);
    add(redo, false);
    bar->addSeparator();
    for (QAction *action : {addStage, autoLayout, fit}) {
        add(action, true);
    }
    bar->addSeparator();
    auto *label = new QLabel(tr("Target:"), bar);
    label->setForegroundRole(QPalette::WindowText);
    label->setFont(m_theme.uiFont(13));
    label->setContentsMargins(2, 0, 8, 0);
    bar->addWidget(label);
    bar->addWidget(target);
    auto *gap = new QWidget(bar);
    gap->setFixedWidth(8);
    bar->addWidget(gap);
    add(buildOptions, true);
    bar->addWidget(buildBar);
}

void Actions::update(const State &state)
{
    for (QAction *action :
         {save,         saveAs,           saveAll,    exportGraph, close,         startPage, selectAll,
          find,         findNext,         zoomIn,     zoomOut,     zoomReset,     fit,       autoLayout,
          nextDocument, previousDocument, focusGraph, focusText,   searchPalette, copy,      quickFix}) {
        action->setEnabled(state.document);
    }
    save->setEnabled(state.writable);
    saveAs->setEnabled(state.writable);
    revert->setEnabled(state.file);
    for (QAction *action : {cut, paste, addStage, format}) {
        action->setEnabled(state.writable);
    }
    for (QAction *action : {renameStage, duplicateStage, deleteStage}) {
        action->setEnabled(state.writable && state.stage);
    }
    moveStageUp->setEnabled(state.writable && state.canMoveUp);
    moveStageDown->setEnabled(state.writable && state.canMoveDown);
    for (QAction *action : {buildOptions, copyCommand, showBuild, showLayers, showImage, showConsole}) {
        action->setEnabled(state.document);
    }
    build->setEnabled(state.document && !state.building);
    stopBuild->setEnabled(state.building);
    buildOptions->setIconText(state.options > 0 ? tr("Options (%1)").arg(state.options) : tr("Options"));
    buildOptions->setToolTip(tr("Build options (%1)").arg(buildOptions->shortcut().toString(QKeySequence::NativeText))
                             + (state.options > 0 ? QLatin1Char('\n') + state.optionsText : QString()));
    setTarget->setEnabled(state.stage);
    setTarget->setChecked(state.isTarget);
}

} // namespace stagewright
