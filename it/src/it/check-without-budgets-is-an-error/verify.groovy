import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    'No budget is set, so there is nothing to check. Set one in <budgets>, such as <withoutModel><maximum>200MB</maximum></withoutModel>, or on the command line, such as -Dbitnet.budget.image=1.4GB.')
true
