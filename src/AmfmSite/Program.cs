var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/", () => "hi");
app.Run();

/// <summary>The entry point; public so that tests can host the real site.</summary>
public partial class Program;
