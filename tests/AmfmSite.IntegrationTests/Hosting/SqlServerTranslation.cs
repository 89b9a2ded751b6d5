using System.Linq.Expressions;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>
/// Compiles each query, when EF first compiles it for SQLite, for SQL Server as well. A query that does not translate
/// there throws, and with it the request that ran it: nobody has to keep a list of queries.
/// </summary>
public sealed class SqlServerTranslation : IQueryExpressionInterceptor
{
    /// <summary>How many were compiled, so that a test can tell that this is at work.</summary>
    public static int Compiled => _compiled;

    private static int _compiled;

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var query = new OnSqlServer(db).Visit(queryExpression);
        db.GetService<IDatabase>().CompileQuery<object>(query, async: true);
        Interlocked.Increment(ref _compiled);
        return queryExpression;
    }

    private sealed class OnSqlServer(DbContext db) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node is EntityQueryRootExpression root
            ? new EntityQueryRootExpression(db.Model.FindEntityType(root.EntityType.Name)!)
            : node is QueryParameterExpression ? node : base.VisitExtension(node);
    }
}
