using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Benchmarks.Naive;

public sealed class NaiveContext(DbContextOptions<NaiveContext> options) : DbContext(options)
{
    public DbSet<NaivePage> Pages => Set<NaivePage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<NaivePage>().HasIndex(page => page.Slug).IsUnique();
}
