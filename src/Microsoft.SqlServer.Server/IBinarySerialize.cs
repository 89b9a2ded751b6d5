namespace Microsoft.SqlServer.Server;

/// <summary>A user-defined type that reads and writes its own bytes. SqlClient asks every parameter value whether it is one.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);
    void Write(BinaryWriter w);
}
